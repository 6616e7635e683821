package io.twinspan.benchmarks.throughput;

/**
 * A part of a file that a program writes, between two marks; what people wrote around it stays.
 *
 * @param command the program, as the first mark names it
 */
public record GeneratedSection(String command) {
    static final String END = "<!-- to here -->";

    String begin() {
        return "<!-- " + command + " writes from here -->";
    }

    /**
     * Puts new content between the marks; where there are none, at the end.
     *
     * @throws BenchException where the second mark is missing, or there is only the second one
     */
    public String replace(String file, String content) {
        int begin = file.indexOf(begin());
        String section = begin() + "\n\n" + content.strip() + "\n\n" + END;
        if (begin < 0) {
            return file.isBlank() ? section + "\n" : file.stripTrailing() + "\n\n" + section + "\n";
        }
        int end = file.indexOf(END, begin);
        if (end < 0) {
            throw new BenchException("the marks '" + begin() + "' and '" + END + "' do not enclose a section");
        }
        return file.substring(0, begin) + section + file.substring(end + END.length());
    }
}
