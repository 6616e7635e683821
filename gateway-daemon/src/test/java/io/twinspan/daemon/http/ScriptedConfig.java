package io.twinspan.daemon.http;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.control.ConfigApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway's configuration that answers as it was told to, and remembers what it was asked. */
public final class ScriptedConfig implements ConfigApi {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile ConfigAnswer comparison = new ConfigAnswer.Refused("not told what to compare", "");
    private volatile ConfigAnswer answer = new ConfigAnswer.Refused("not told what to answer", "");

    /** What every question is answered with from now on. */
    public void answers(ConfigAnswer next) {
        comparison = next;
        answer = next;
    }

    /** What a question for the difference is answered with from now on. */
    public void compares(ConfigAnswer next) {
        comparison = next;
    }

    /** What was asked, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public CompletableFuture<GatewayConfig> running() {
        return CompletableFuture.failedFuture(new IllegalStateException("not part of this test"));
    }

    @Override
    public CompletableFuture<ConfigAnswer> diff() {
        return answer("diff");
    }

    @Override
    public CompletableFuture<ConfigAnswer> diff(String name, String text) {
        return answer("diff " + name + " " + text.strip());
    }

    @Override
    public CompletableFuture<ConfigAnswer> apply(Order order) {
        Duration confirm = order.confirm();
        return answer("apply " + order.by() + " " + confirm + " " + order.patience());
    }

    @Override
    public CompletableFuture<ConfigAnswer> confirm(String by) {
        return answer("confirm " + by);
    }

    @Override
    public CompletableFuture<ConfigAnswer> rollback(String by) {
        return answer("rollback " + by);
    }

    private CompletableFuture<ConfigAnswer> answer(String question) {
        asked.add(question);
        return CompletableFuture.completedFuture(question.startsWith("diff") ? comparison : answer);
    }
}
