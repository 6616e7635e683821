package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.observe.PcapngWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder writes, read by tshark. */
final class PcapngIT {
    private static final byte[] ECHO =
            HexFormat.of().parseHex("4500001c00010000400172d10a01000aac1f000a0800f7fd00010001");

    @TempDir
    private Path folder;

    @Test
    void tsharkReadsInterfacesTimesLengthsAndDirections() throws Exception {
        InteropRequirement.require();
        Path file = folder.resolve("packets.pcapng");
        write(file);
        List<String> fields = List.of(
                "frame.interface_name",
                "frame.time_epoch",
                "frame.len",
                "frame.cap_len",
                "ip.dst",
                "frame.packet_flags");
        assertThat(read(file, fields).lines())
                .containsExactly(
                        "prod/1,1795420800.123456789,28,28,172.31.0.10,0x00000002",
                        "prod/2,1795420801.000000000,1400,28,172.31.0.10,0x00000001");
    }

    private static void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            PcapngWriter writer = new PcapngWriter(out, "a comment");
            int first = writer.addInterface("prod/1");
            int second = writer.addInterface("prod/2");
            writer.packet(first, Instant.ofEpochSecond(1_795_420_800L, 123_456_789), true, 28, ECHO);
            writer.packet(second, Instant.ofEpochSecond(1_795_420_801L), false, 1_400, ECHO);
        }
    }

    private static String read(Path file, List<String> fields) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields", "-E", "separator=,"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }
}
