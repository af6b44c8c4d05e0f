package io.metasrv.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What was recorded of the heartbeat streams of a running GreptimeDB v1.1.4. */
public final class Recordings {

  private static final String INSTRUCTION = " INSTRUCTION ";
  private static final String REPLY = " REPLY ";
  private static final String NO_REPLY = " NO_REPLY";

  private Recordings() {}

  /** An instruction as a node received it, and its answer where it gave one. */
  public record Exchange(String node, String instruction, Optional<String> reply) {}

  /** The instructions that the doubles of the recording received, in order. */
  public static List<Exchange> exchanges(String log) {
    List<Exchange> result = new ArrayList<>();
    for (String line : lines(log)) {
      int at = line.indexOf(INSTRUCTION);
      if (at < 0) {
        continue;
      }
      String node = line.substring(0, at).split(" ")[1];
      String rest = line.substring(at + INSTRUCTION.length());
      if (rest.endsWith(NO_REPLY)) {
        result.add(
            new Exchange(
                node, rest.substring(0, rest.length() - NO_REPLY.length()), Optional.empty()));
      } else {
        int reply = rest.lastIndexOf(REPLY);
        result.add(
            new Exchange(
                node,
                rest.substring(0, reply),
                Optional.of(rest.substring(reply + REPLY.length()))));
      }
    }
    return result;
  }

  /** The raw heartbeat responses that a node received, in order. */
  public static List<byte[]> responses(String log, String node) {
    String mark = " " + node + " HB_RESPONSE hex=";
    return lines(log).stream()
        .filter(line -> line.contains(mark))
        .map(line -> line.substring(line.indexOf(mark) + mark.length()))
        .map(rest -> HexFormat.of().parseHex(rest.substring(0, rest.indexOf(' '))))
        .toList();
  }

  /** The instructions in what a real node logged, in order. */
  public static List<String> realInstructions(String file) {
    String mark = "payload: Some(Json(\"";
    return lines("real-nodes/" + file).stream()
        .filter(line -> line.contains(mark))
        .map(line -> line.substring(line.indexOf(mark) + mark.length()))
        .map(rest -> unescape(rest.substring(0, rest.indexOf("\")) }"))))
        .toList();
  }

  /** A recorded file as text. */
  public static String text(String name) {
    try (InputStream in = Recordings.class.getResourceAsStream("/golden/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<String> lines(String name) {
    return text(name).lines().toList();
  }

  /** Undoes Rust's debug form of a string. */
  private static String unescape(String debug) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < debug.length(); i++) {
      char c = debug.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = debug.charAt(++i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }
}
