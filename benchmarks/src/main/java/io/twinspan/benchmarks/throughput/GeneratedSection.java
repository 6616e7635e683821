package io.twinspan.benchmarks.throughput;

/** A part of a file that a program writes, between two marks; what people wrote around it stays. */
final class GeneratedSection {
    static final String BEGIN = "<!-- benchmarks/throughput writes from here -->";
    static final String END = "<!-- to here -->";

    private GeneratedSection() {}

    /**
     * Puts new content between the marks; where there are none, at the end.
     *
     * @throws BenchException where there is only one mark, or the second comes first
     */
    static String replace(String file, String content) {
        int begin = file.indexOf(BEGIN);
        int end = file.indexOf(END);
        String section = BEGIN + "\n\n" + content.strip() + "\n\n" + END;
        if (begin < 0 && end < 0) {
            return file.isBlank() ? section + "\n" : file.stripTrailing() + "\n\n" + section + "\n";
        }
        if (begin < 0 || end < begin) {
            throw new BenchException("the marks '" + BEGIN + "' and '" + END + "' do not enclose a section");
        }
        return file.substring(0, begin) + section + file.substring(end + END.length());
    }
}
