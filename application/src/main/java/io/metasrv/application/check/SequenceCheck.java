package io.metasrv.application.check;

import io.metasrv.application.check.Finding.Category;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.domain.TableId;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.key.SequenceKey;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Whether sequences are beyond every id in use. */
final class SequenceCheck {

  /** The first id of users; lower ones are not given by sequences. */
  private static final long FIRST_ID = 1024;

  private final KeyValueStore store;
  private final Findings findings;

  SequenceCheck(KeyValueStore store, Findings findings) {
    this.store = store;
    this.findings = findings;
  }

  void tables(Catalogue catalogue) {
    LongStream inUse =
        Stream.of(
                catalogue.names().values().values(),
                catalogue.infos().values().keySet(),
                catalogue.routes().values().keySet(),
                catalogue.views().values().keySet())
            .flatMap(Collection::stream)
            .mapToLong(TableId::value);
    beyond(SequenceKey.TABLE_ID, "table", inUse);
  }

  void flows(Stream<Long> inUse) {
    beyond(SequenceKey.FLOW_ID, "flow", inUse.mapToLong(Long::longValue));
  }

  private void beyond(SequenceKey sequence, String what, LongStream inUse) {
    long next;
    try {
      next = store.get(sequence.toBytes()).map(SequenceKey::decode).orElse(FIRST_ID);
    } catch (ServiceException unreadable) {
      findings.add(Category.UNREADABLE, sequence.toBytes(), "%s", unreadable);
      return;
    }
    long first = Long.compareUnsigned(next, FIRST_ID) < 0 ? FIRST_ID : next;
    OptionalLong highest = inUse.max();
    if (highest.isPresent()) {
      findings.unless(
          Long.compareUnsigned(first, highest.getAsLong()) > 0,
          Category.SEQUENCE,
          sequence.toBytes(),
          "the next id it gives is %s, but %s %s is there",
          Long.toUnsignedString(first),
          what,
          highest.getAsLong());
    }
  }
}
