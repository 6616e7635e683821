package io.twinspan.daemon.drill;

/**
 * What the control loop sees at an instant of a drill.
 *
 * @param activeTunnel number of the tunnel that carries the traffic, 0 for none
 * @param testedUsable true where the tunnel under test has keys and is not found dead
 * @param testedState its state in a word
 * @param otherUsable the same of the tunnel that stands by
 * @param otherState its state in a word
 * @param silenceNanos time since the last answer to the drill's flow
 * @param flowAnswers answers to the flow so far
 * @param standbyAnswers answers so far to probes that were pinned to the standby
 * @param unanswered probes of the flow under way or lost
 * @param targetAnswers answers of the target so far; positive where there is no target
 * @param usersStillNanos how long nothing has come in for the users, where something did all the time before the fault
 */
public record DrillView(
        int activeTunnel,
        boolean testedUsable,
        String testedState,
        boolean otherUsable,
        String otherState,
        long silenceNanos,
        int flowAnswers,
        int standbyAnswers,
        int unanswered,
        int targetAnswers,
        long usersStillNanos) {}
