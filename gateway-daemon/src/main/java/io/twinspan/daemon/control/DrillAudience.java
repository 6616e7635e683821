package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillReport;
import java.util.ArrayList;
import java.util.List;

/** All who hear how one drill goes on. Control loop only. */
final class DrillAudience implements DrillFollower {
    private final List<DrillFollower> followers = new ArrayList<>();

    void add(DrillFollower follower) {
        followers.add(follower);
    }

    @Override
    public void happened(DrillMoment moment) {
        List.copyOf(followers).forEach(follower -> follower.happened(moment));
    }

    @Override
    public void finished(DrillReport report, String where) {
        List.copyOf(followers).forEach(follower -> follower.finished(report, where));
    }
}
