package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceLockTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void secondDaemonOnTheSameSocketIsRefused() throws IOException {
        Path socket = folder.resolve("new/api.sock");
        try (InstanceLock _ = InstanceLock.take(socket)) {
            assertThatThrownBy(() -> InstanceLock.take(socket))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("another daemon serves");
        }
    }

    /** The lock is the kernel's and belongs to a process: only another process can tell whether it holds. */
    @Test
    void lockHoldsAgainstAnotherProcess() throws Exception {
        Path socket = folder.resolve("api.sock");
        try (InstanceLock _ = InstanceLock.take(socket)) {
            assertThat(tryFromAnotherProcess(socket)).contains("another daemon serves");
        }
    }

    @Test
    void lockCanBeTakenAgainAfterItsEndAndLeavesNothing() throws IOException {
        Path socket = folder.resolve("api.sock");
        InstanceLock.take(socket).close();
        InstanceLock.take(folder.resolve("made/api.sock")).close();
        InstanceLock.take(socket).close();
        assertThat(folder).isEmptyDirectory();
    }

    /** Run by the child process. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try (InstanceLock _ = InstanceLock.take(Path.of(arguments[0]))) {
                System.out.println("taken");
            } catch (StartupException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String tryFromAnotherProcess(Path socket) throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        socket.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return output;
    }
}
