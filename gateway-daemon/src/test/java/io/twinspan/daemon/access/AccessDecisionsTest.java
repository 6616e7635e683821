package io.twinspan.daemon.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig.Role;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pure decisions about access. */
final class AccessDecisionsTest {
    @Test
    void a30_rootAndTheOwnUserAreAdminsAndOthersWhatTheBestOfTheirGroupsIs() {
        SocketAccess access = new SocketAccess(990, Map.of(991, Role.VIEWER, 992, Role.OPERATOR, 993, Role.ADMIN));
        assertThat(access.roleOf(0)).contains(Role.ADMIN);
        assertThat(access.roleOf(990, 100)).contains(Role.ADMIN);
        assertThat(access.roleOf(1000, 100, 991)).contains(Role.VIEWER);
        assertThat(access.roleOf(1000, 991, 992, 100)).contains(Role.OPERATOR);
        assertThat(access.roleOf(1000, 1000)).isEmpty();
        assertThat(access.roleOf(-1, -1)).isEmpty();
    }

    @Test
    void groupsAreFoundByNameAndByNumber() {
        GroupFile file = new GroupFile("root:x:0:\nbroken\nnetops:x:2001:alice,bob\nnetops2:x:2002:\n");
        assertThat(file.find("netops")).contains(2001);
        assertThat(file.find("2002")).contains(2002);
        assertThat(file.find("net")).isEmpty();
        assertThat(file.find("broken")).isEmpty();
    }

    @Test
    void tokenIsKnownByItsHashAndByNothingElse() {
        BearerToken token = BearerToken.create("ops", octets -> Arrays.fill(octets, (byte) 7));
        TokenHash hash = TokenHash.of(token, new byte[TokenHash.SALT_OCTETS], 1_000);
        TokenHash read = TokenHash.parse(hash.text()).orElseThrow();
        assertThat(read.matches(token)).isTrue();
        assertThat(read.matches(new BearerToken("ops", token.secret().replace('B', 'C'))))
                .isFalse();
        assertThat(hash.text()).doesNotContain(token.secret());
        assertThat(token + " " + hash).doesNotContain(token.secret());
        assertThat(BearerToken.parse(token.expose())).contains(token);
        assertThat(BearerToken.parse("twinspan_ops_short")).isEmpty();
        assertThat(TokenHash.parse("pbkdf2-sha256:9999999:x:y")).isEmpty();
    }

    @Test
    void fileOfTokensTellsEachProblemWithItsLine() {
        BearerToken token = BearerToken.create("ops", octets -> Arrays.fill(octets, (byte) 7));
        TokenHash hash = TokenHash.of(token, new byte[TokenHash.SALT_OCTETS], 1_000);
        String good = TokenFile.added("# people read this\n\n", "ops", new TokenFile.Entry(Role.OPERATOR, hash));
        TokenFile file = TokenFile.parse(
                good + "ops viewer " + hash.text() + "\nx root " + hash.text() + "\nUPPER viewer y\nz viewer y\nw\n");
        assertThat(file.entries()).containsOnlyKeys("ops");
        Grant grant = file.grantOf(token).orElseThrow();
        assertThat(grant.role()).isEqualTo(Role.OPERATOR);
        assertThat(file.problems())
                .extracting(problem -> problem.substring(0, 3))
                .containsExactly("4:1", "5:1", "6:1", "7:1", "8:1");
        assertThat(file.revokes(grant)).isFalse();
        assertThat(TokenFile.parse(good.replace(" operator ", " admin ")).revokes(grant))
                .isTrue();
        assertThat(file.revokes(new Grant("token ops", Role.OPERATOR)))
                .as("another token of that name")
                .isTrue();
        assertThat(file.revokes(new Grant("token gone", Role.VIEWER))).isTrue();
        assertThat(file.revokes(new Grant("uid 0", Role.ADMIN))).isFalse();
        assertThat(TokenFile.removed(good, "ops")).isEqualTo("# people read this\n\n");
    }

    @Test
    void budgetIsABurstAndThenARateForEachPeer() {
        RequestBudget budget = new RequestBudget(2, 60);
        assertThat(budget.take("a", 0)).isTrue();
        assertThat(budget.take("a", 0)).isTrue();
        assertThat(budget.take("a", 0)).isFalse();
        assertThat(budget.retrySeconds("a", 0)).isEqualTo(1);
        assertThat(budget.take("b", 0)).isTrue();
        assertThat(budget.take("a", TimeUnit.SECONDS.toNanos(1))).isTrue();
        assertThat(budget.take("a", TimeUnit.SECONDS.toNanos(1))).isFalse();
    }

    @Test
    void keysAndSessionsAreBoundedAndTheOldestGoes() {
        LoginKeys keys = new LoginKeys();
        Grant grant = new Grant("uid 0", Role.ADMIN);
        String first = keys.issue(grant, new byte[] {0, 1}, 0);
        for (int i = 0; i < LoginKeys.MAX_WAITING; i++) {
            var _ = keys.issue(grant, new byte[] {1, (byte) i}, 0);
        }
        assertThat(keys.redeem(first, 0)).isEmpty();
        Sessions sessions = new Sessions();
        byte[] random = new byte[Sessions.RANDOM_OCTETS];
        Sessions.Opened oldest = sessions.open(grant, random, 0);
        for (int i = 0; i < Sessions.MAX_SESSIONS; i++) {
            random[0] = (byte) (i + 1);
            random[1] = 1;
            var _ = sessions.open(grant, random, 0);
        }
        assertThat(sessions.find(oldest.id(), 0)).isEmpty();
        assertThat(oldest.toString()).doesNotContain(oldest.id());
    }
}
