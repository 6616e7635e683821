package io.twinspan.daemon.http;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillReport;

/** Reports of drills in every form; pure, from any thread. */
public final class DrillRendering {
    private DrillRendering() {}

    /** A report as text. */
    public static String of(DrillForm form, DrillReport report) {
        return switch (form) {
            case HTML -> DrillHtml.of(report);
            case JSON -> DrillJson.of(report);
            case JUNIT -> DrillJUnit.of(report);
            case TEXT -> DrillText.of(report);
        };
    }
}
