package io.metasrv.application.metadata;

import io.metasrv.application.metadata.codec.WalOptionsCodec;
import io.metasrv.domain.Maps;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import io.metasrv.domain.wal.WalOptions;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The WAL options of the regions of a table, as they are stored and passed to datanodes: JSON text
 * by region number (unsigned 32 bits). The text is never written anew.
 *
 * @param texts by region number
 */
public record RegionWalOptions(SequencedMap<Long, String> texts) {

  /** No region has any. */
  public static final RegionWalOptions NONE = new RegionWalOptions(Maps.empty());

  public RegionWalOptions {
    texts = Maps.copyOf(texts);
  }

  /** Of options. */
  public static RegionWalOptions of(SortedMap<Long, WalOptions> options) {
    LinkedHashMap<Long, String> texts = new LinkedHashMap<>();
    options.forEach((number, each) -> texts.put(number, WalOptionsCodec.CODEC.encodeText(each)));
    return new RegionWalOptions(texts);
  }

  /**
   * The options, by region number.
   *
   * @throws io.metasrv.domain.error.ServiceException (Unexpected) if a text is none
   */
  public SortedMap<Long, WalOptions> options() {
    TreeMap<Long, WalOptions> options = new TreeMap<>();
    texts.forEach((number, text) -> options.put(number, WalOptionsCodec.parse(text)));
    return options;
  }

  /** Topics of the regions that have one. */
  public SortedMap<RegionId, String> topics(TableId table) {
    TreeMap<RegionId, String> topics = new TreeMap<>();
    options()
        .forEach(
            (number, option) -> {
              if (option instanceof WalOptions.Kafka(String topic)) {
                topics.put(RegionId.of(table, number), topic);
              }
            });
    return topics;
  }
}
