package io.metasrv.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.Previous;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random requests, answered by the store as by a sorted map. */
interface ModelCases extends StoreCases {

  /** Requests for each seed; enough for every kind to meet every other. */
  int REQUESTS = 300;

  @Test
  default void whateverIsAskedTheStoreAnswersAsASortedMapWould() {
    for (long seed : Seeds.several(3)) {
      store().deleteRange(KeyRange.all(), Previous.DISCARD);
      RandomRequests requests = new RandomRequests(new SplittableRandom(seed));
      MapModel model = new MapModel();
      List<String> asked = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        RandomRequests.Exchange exchange = requests.next(store(), model);
        asked.add(exchange.request());
        assertThat(exchange.answered())
            .as("seed %d, request %d: %s\nafter: %s", seed, i, exchange.request(), lastOf(asked))
            .isEqualTo(exchange.expected());
      }
      assertThat(content()).as("content after seed %d", seed).isEqualTo(model.all());
    }
  }

  private static String lastOf(List<String> asked) {
    return String.join("\n", asked.subList(Math.max(0, asked.size() - 20), asked.size()));
  }
}
