package io.twinspan.daemon.access;

import java.util.Optional;

/** Group numbers by name, from the text of {@code /etc/group} (group(5)). A name that is a number is that group. */
public record GroupFile(String text) {
    /** The number of a group, or nothing where there is no such group. */
    public Optional<Integer> find(String name) {
        if (name.matches("[0-9]{1,9}")) {
            return Optional.of(Integer.valueOf(name));
        }
        return text.lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length >= 3 && fields[0].equals(name) && fields[2].matches("[0-9]{1,9}"))
                .map(fields -> Integer.valueOf(fields[2]))
                .findFirst();
    }
}
