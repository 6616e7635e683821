package io.twinspan.crypto.ike.sim;

/** When a gateway's process dies, and how long nobody is there then. */
interface Mortality {
    /** Never. */
    Mortality IMMORTAL = new Mortality() {
        @Override
        public boolean diesNow() {
            return false;
        }

        @Override
        public void died(Runnable next) {
            throw new IllegalStateException("it cannot die");
        }
    };

    /** Asked before the state of a step is kept, and again before each of its effects. */
    boolean diesNow();

    /** Starts the next process, now or later. */
    void died(Runnable next);
}
