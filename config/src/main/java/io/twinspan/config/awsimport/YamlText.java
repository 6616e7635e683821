package io.twinspan.config.awsimport;

import java.util.List;

/** Builds the YAML text. Values are our own words, literal addresses and cleaned names, so none needs quoting. */
final class YamlText {
    private final StringBuilder text = new StringBuilder();

    YamlText comment(int depth, String comment) {
        return line(depth, "# " + comment.replaceAll("[^\\x20-\\x7e]", "?"));
    }

    YamlText blank() {
        text.append('\n');
        return this;
    }

    YamlText open(int depth, String key) {
        return line(depth, key + ":");
    }

    YamlText value(int depth, String key, String value) {
        return line(depth, key + ": " + value);
    }

    YamlText list(int depth, String key, List<String> values) {
        open(depth, key);
        values.forEach(value -> line(depth + 1, "- " + value));
        return this;
    }

    /** Settings grouped under their mappings; those without a group first. */
    YamlText settings(int depth, List<Setting> settings) {
        settings.stream()
                .filter(setting -> setting.group().isEmpty())
                .forEach(setting -> value(depth, setting.key(), setting.value()));
        List<String> groups = settings.stream()
                .map(Setting::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .toList();
        for (String group : groups) {
            open(depth, group);
            settings.stream()
                    .filter(setting -> setting.group().equals(group))
                    .forEach(setting -> value(depth + 1, setting.key(), setting.value()));
        }
        return this;
    }

    YamlText line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
        return this;
    }

    /** A list item: the first line behind the dash, the others below it. */
    YamlText item(int depth, YamlText content) {
        String indent = "  ".repeat(depth);
        boolean first = true;
        for (String line : content.toString().split("\n")) {
            text.append(indent)
                    .append(first ? "- " : line.isEmpty() ? "" : "  ")
                    .append(line)
                    .append('\n');
            first = false;
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
