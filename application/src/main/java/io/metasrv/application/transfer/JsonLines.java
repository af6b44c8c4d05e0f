package io.metasrv.application.transfer;

import io.metasrv.application.json.JsonFormatException;
import io.metasrv.application.json.JsonReader;
import io.metasrv.application.json.JsonValue;
import io.metasrv.application.json.JsonWriter;
import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A content as JSON lines, readable by people and other tools, page by page at any size. The first
 * line names the format, then comes a line a pair in key order, and the last line counts them and
 * carries their {@link ContentDigest}, so that a file cut short or changed is noticed. What is not
 * UTF-8 is written in base64 under another name:
 *
 * <pre>
 * {"format":"metasrv-store","version":1,"created_ms":1700000000000}
 * {"key":"__table_name/greptime/public/t","value":"{\"table_id\":1024}"}
 * {"key":"__meta_seq-table_id","value_base64":"AQT/AAAAAAA="}
 * {"pairs":2,"sha256":"…"}
 * </pre>
 */
public final class JsonLines {

  private static final String FORMAT = "metasrv-store";
  private static final int VERSION = 1;
  private static final String BASE64 = "_base64";

  private JsonLines() {}

  /**
   * Writes a source.
   *
   * @param createdMillis milliseconds since the Unix epoch
   * @param lines takes each line, without its end
   * @return what was written
   */
  public static ContentDigest.Summary write(
      PairSource source, long createdMillis, Consumer<String> lines) {
    lines.accept(
        JsonWriter.text(
            j ->
                j.object(
                    () ->
                        j.member("format", FORMAT)
                            .member("version", VERSION)
                            .member("created_ms", createdMillis))));
    ContentDigest digest = new ContentDigest();
    try (PairSource.Cursor pairs = source.open()) {
      pairs.forEachRemaining(
          pair -> {
            digest.add(pair);
            lines.accept(line(pair));
          });
    }
    ContentDigest.Summary summary = digest.finish();
    lines.accept(
        JsonWriter.text(
            j ->
                j.object(
                    () -> j.member("pairs", summary.pairs()).member("sha256", summary.sha256()))));
    return summary;
  }

  /** One pair. */
  static String line(KeyValue pair) {
    return JsonWriter.text(
        j ->
            j.object(
                () -> {
                  member(j, "key", pair.key());
                  member(j, "value", pair.value());
                }));
  }

  private static void member(JsonWriter json, String name, Bytes content) {
    Optional<String> text = utf8(content);
    if (text.isPresent()) {
      json.member(name, text.get());
    } else {
      json.member(name + BASE64, Base64.getEncoder().encodeToString(content.toByteArray()));
    }
  }

  /** The text, if the bytes are exactly one. */
  private static Optional<String> utf8(Bytes content) {
    try {
      ByteBuffer bytes = content.asReadOnlyBuffer();
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /**
   * The pairs of a file.
   *
   * @param name of the file, for errors
   * @param lines of the file, without their ends
   * @return reads while it goes; throws {@link ServiceException} (InvalidArguments) at the first
   *     line that is not as it should be, and at the end if the last line does not fit the others
   */
  public static Iterator<KeyValue> read(String name, Iterator<String> lines) {
    return new Lines(name, lines);
  }

  /** Reads one line ahead, because the last one is no pair. */
  private static final class Lines implements Iterator<KeyValue> {

    private final String name;
    private final Iterator<String> lines;
    private final ContentDigest digest = new ContentDigest();
    private Optional<KeyValue> ahead = Optional.empty();
    private long number;
    private boolean ended;

    Lines(String name, Iterator<String> lines) {
      this.name = name;
      this.lines = lines;
      JsonValue.Object head = line();
      if (!head.textOr("format", "").equals(FORMAT) || head.numberOr("version", 0) != VERSION) {
        throw wrong("it does not begin with the line of format %s, version %d", FORMAT, VERSION);
      }
    }

    @Override
    public boolean hasNext() {
      while (ahead.isEmpty() && !ended) {
        readAhead();
      }
      return ahead.isPresent();
    }

    @Override
    public KeyValue next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the file was read whole");
      }
      KeyValue pair = ahead.orElseThrow();
      ahead = Optional.empty();
      return pair;
    }

    private void readAhead() {
      JsonValue.Object line = line();
      if (line.find("sha256").isPresent()) {
        end(line);
        return;
      }
      KeyValue pair = new KeyValue(content(line, "key"), content(line, "value"));
      digest.add(pair);
      if (StorePairs.belongs(pair.key())) {
        ahead = Optional.of(pair);
      }
    }

    private void end(JsonValue.Object line) {
      ended = true;
      ContentDigest.Summary summary = digest.finish();
      if (!summary.sha256().equals(line.textOr("sha256", ""))) {
        throw wrong(
            "its %d pairs have SHA-256 %s, not the one of its last line; it was changed or damaged"
                + " after the export",
            summary.pairs(), summary.sha256());
      }
      if (lines.hasNext()) {
        throw wrong("more follows after its last line");
      }
    }

    private Bytes content(JsonValue.Object line, String member) {
      try {
        Optional<JsonValue> text = line.find(member);
        return text.isPresent()
            ? Bytes.utf8(text.get().asText())
            : Bytes.wrap(Base64.getDecoder().decode(line.text(member + BASE64)));
      } catch (JsonFormatException | IllegalArgumentException e) {
        throw wrong("%s: %s", member, String.valueOf(e.getMessage()));
      }
    }

    private JsonValue.Object line() {
      if (!lines.hasNext()) {
        throw wrong("it is cut short: the last line, with the digest, is missing");
      }
      number++;
      try {
        return JsonReader.read(lines.next()).asObject();
      } catch (JsonFormatException e) {
        throw wrong("%s", String.valueOf(e.getMessage()));
      }
    }

    private ServiceException wrong(String why, Object... args) {
      return ServiceException.invalidArguments(
          "Cannot read %s, line %d: %s".formatted(name, number, why.formatted(args)));
    }
  }
}
