package io.metasrv.adapters.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.Bytes;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.api.Test;

/** How keys become names of znodes. */
final class KeyNamesTest {

  @Test
  void givenKeysOfTheSystemThenTheirNamesCanBeRead() {
    assertThat(KeyNames.encode(Bytes.utf8("__table_route/1024"))).isEqualTo("__table_route%2F1024");
    assertThat(KeyNames.encode(Bytes.utf8("/__procedure__/procedure/a-b.step")))
        .isEqualTo("%2F__procedure__%2Fprocedure%2Fa-b.step");
    assertThat(KeyNames.encode(Bytes.utf8("."))).isEqualTo("%2E");
    assertThat(KeyNames.encode(Bytes.utf8(".."))).isEqualTo("%2E.");
    assertThat(KeyNames.encode(Bytes.of(0, 0xff, '%', '='))).isEqualTo("%00%FF%25%3D");
  }

  @Test
  void givenAnyKeyThenItsNameIsAllowedShortEnoughAndLeadsBackToIt() {
    SplittableRandom random = new SplittableRandom(43);
    for (int round = 0; round < 3000; round++) {
      byte[] content = new byte[1 + random.nextInt(round % 10 == 0 ? 3072 : 40)];
      random.nextBytes(content);
      if (round % 2 == 0) {
        List<Character> likely = List.of('/', '.', '%', '=', 'a', '-');
        for (int i = 0; i < content.length; i++) {
          content[i] = (byte) (char) likely.get(random.nextInt(likely.size()));
        }
      }
      Bytes key = Bytes.copyOf(content);

      String name = KeyNames.encode(key);

      PathUtils.validatePath("/" + name);
      assertThat(name).doesNotContain("/");
      assertThat(name.length()).isLessThanOrEqualTo(Math.max(512, 1 + (key.size() + 2) / 3 * 4));
      assertThat(KeyNames.decode(name)).isEqualTo(key);
    }
  }

  @Test
  void givenNumberedKeysThenTheShardsAreFilledEvenly() {
    int[] filled = new int[KeyNames.SHARDS];
    for (int i = 0; i < 256_000; i++) {
      filled[KeyNames.shard(Bytes.utf8("__table_info/" + i))]++;
    }
    for (int count : filled) {
      assertThat(count).isBetween(700, 1300);
    }
  }

  @Test
  void givenTheLongestKeysThenAFullTransactionOfThemFitsIntoOneRequest() {
    byte[] longest = new byte[KeyValueStore.MAX_KEY_BYTES];
    int pathLength = new Layout("/metasrv").key(Bytes.copyOf(longest)).length();

    assertThat(128L * (pathLength + 64)).isLessThan(Reads.MOST_REQUEST_BYTES);
  }
}
