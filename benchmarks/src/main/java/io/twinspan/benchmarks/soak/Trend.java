package io.twinspan.benchmarks.soak;

import java.util.List;

/** The straight line through points that leaves the least squares. */
record Trend(double slope) {
    /** A value at a time, in any units. */
    record Point(double time, double value) {}

    /** Slope in units of value for one unit of time; 0 where there are fewer than two different times. */
    static Trend of(List<Point> points) {
        double meanTime = points.stream().mapToDouble(Point::time).average().orElse(0);
        double meanValue = points.stream().mapToDouble(Point::value).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (Point point : points) {
            double offset = point.time() - meanTime;
            products += offset * (point.value() - meanValue);
            squares += offset * offset;
        }
        return new Trend(squares == 0 ? 0 : products / squares);
    }
}
