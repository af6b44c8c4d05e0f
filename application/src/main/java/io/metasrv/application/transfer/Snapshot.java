package io.metasrv.application.transfer;

import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A metadata snapshot as the reference's tools write and read it (sheet 03 §13): one FlexBuffers
 * document without checksum, held in memory as a whole.
 *
 * @param createdMillis when it was made, milliseconds since the Unix epoch
 * @param pairs in the order of the file
 */
public record Snapshot(long createdMillis, List<KeyValue> pairs) {

  /** What the reference's files are called: a name without dots, then this. */
  public static final String EXTENSION = ".metadata.fb";

  private static final String CONTENT = "content";
  private static final String METADATA = "metadata";
  private static final String CREATED = "created_timestamp_mills";
  private static final String VARIANT = "Metadata";
  private static final String VALUES = "values";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  public Snapshot {
    pairs = List.copyOf(pairs);
  }

  /** Takes a source whole. */
  public static Snapshot of(PairSource source, long createdMillis) {
    List<KeyValue> pairs = new ArrayList<>();
    try (PairSource.Cursor cursor = source.open()) {
      cursor.forEachRemaining(pairs::add);
    }
    return new Snapshot(createdMillis, pairs);
  }

  /** As a source; in key order, whatever the order of the file. */
  public PairSource source(String name) {
    List<KeyValue> sorted =
        pairs.stream()
            .filter(pair -> StorePairs.belongs(pair.key()))
            .sorted(Comparator.comparing(KeyValue::key))
            .toList();
    return new PairSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Cursor open() {
        return Cursor.ascending(name, Cursor.over(sorted.iterator()));
      }
    };
  }

  /**
   * Reads a file.
   *
   * @param name of the file, for errors
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if it is no snapshot
   */
  public static Snapshot read(String name, Bytes file) {
    FlexBufferReader reader = new FlexBufferReader(name, file);
    FlexBufferReader.Value root = reader.root();
    long created = reader.number(reader.require(reader.require(root, METADATA), CREATED));
    FlexBufferReader.Value content = reader.require(reader.require(root, CONTENT), VARIANT);
    List<KeyValue> pairs =
        reader.members(reader.require(content, VALUES)).stream()
            .map(
                pair ->
                    new KeyValue(
                        reader.bytes(reader.require(pair, KEY)),
                        reader.bytes(reader.require(pair, VALUE))))
            .toList();
    return new Snapshot(created, pairs);
  }

  /** The file: byte for byte what the reference writes for the same pairs. */
  public Bytes write() {
    FlexBufferWriter out = new FlexBufferWriter();
    FlexBufferWriter.Item metadata = out.key(METADATA);
    FlexBufferWriter.Item created =
        out.map(List.of(out.key(CREATED)), List.of(FlexBufferWriter.number(createdMillis)));
    FlexBufferWriter.Item content = out.key(CONTENT);
    FlexBufferWriter.Item variant = out.key(VARIANT);
    FlexBufferWriter.Item values = out.key(VALUES);
    FlexBufferWriter.Item list = pairs.isEmpty() ? out.vector(List.of()) : writePairs(out);
    FlexBufferWriter.Item held = out.map(List.of(values), List.of(list));
    FlexBufferWriter.Item tagged = out.map(List.of(variant), List.of(held));
    return out.finish(out.map(List.of(content, metadata), List.of(tagged, created)));
  }

  /** The names of the members are written with the first pair, each before its value. */
  private FlexBufferWriter.Item writePairs(FlexBufferWriter out) {
    KeyValue head = pairs.getFirst();
    FlexBufferWriter.Item key = out.key(KEY);
    FlexBufferWriter.Item headKey = out.bytes(head.key());
    FlexBufferWriter.Item value = out.key(VALUE);
    FlexBufferWriter.Item headValue = out.bytes(head.value());
    List<FlexBufferWriter.Item> names = List.of(key, value);
    List<FlexBufferWriter.Item> maps = new ArrayList<>(pairs.size());
    maps.add(out.map(names, List.of(headKey, headValue)));
    for (KeyValue pair : pairs.subList(1, pairs.size())) {
      maps.add(out.map(names, List.of(out.bytes(pair.key()), out.bytes(pair.value()))));
    }
    return out.vector(maps);
  }
}
