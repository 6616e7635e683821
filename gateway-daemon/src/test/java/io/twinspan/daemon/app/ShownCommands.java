package io.twinspan.daemon.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The twinspan commands that a text shows. */
final class ShownCommands {
    /** In a shell: a prompt, variables, sudo, the program; what follows a pipe or a redirection is the shell's. */
    private static final Pattern LINE =
            Pattern.compile("(?:[$#] )?(?:[A-Z_]+=\\S+ )*(?:sudo )?(?:\\./|/usr/bin/)?twinspan((?: .*)?)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern SPAN = Pattern.compile("`(?:\\./)?twinspan ([^`]+)`");

    private ShownCommands() {}

    /** The words behind {@code twinspan} of each command in a block of code; long lines may be continued with a backslash. */
    static List<List<String>> inBlock(String block) {
        List<List<String>> commands = new ArrayList<>();
        for (String line : block.replace("\\\n", " ").split("\n", -1)) {
            for (String part : line.strip().split(" && ", -1)) {
                Matcher matcher = LINE.matcher(part.strip());
                if (matcher.matches()) {
                    commands.add(words(matcher.group(1)));
                }
            }
        }
        return commands;
    }

    /** Blocks of code of a page of Markdown, each with what stands behind its opening fence. */
    static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String info = null;
        for (String line : page.split("\n", -1)) {
            if (line.strip().startsWith("```")) {
                if (info == null) {
                    info = line.strip().substring(3);
                    text.setLength(0);
                } else {
                    blocks.add(new Block(info, text.toString()));
                    info = null;
                }
            } else if (info != null) {
                text.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** Commands in running text, whose arguments may be left out or stand for many. */
    static List<List<String>> inText(String page) {
        List<List<String>> commands = new ArrayList<>();
        Matcher matcher = SPAN.matcher(page);
        while (matcher.find()) {
            commands.add(words(matcher.group(1)));
        }
        return commands;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group(1) != null
                    ? matcher.group(1)
                    : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            boolean shell = matcher.group(3) != null && word.matches("[|>&<#].*|2>.*");
            // Help sets its remarks off by several blanks.
            boolean remark = matcher.start() >= 2 && !words.isEmpty() && text.startsWith("  ", matcher.start() - 2);
            if (shell || remark) {
                break;
            }
            words.add(word);
        }
        return words;
    }

    /**
     * A block of code.
     *
     * @param info what stands behind the fence
     * @param text its lines
     */
    record Block(String info, String text) {}
}
