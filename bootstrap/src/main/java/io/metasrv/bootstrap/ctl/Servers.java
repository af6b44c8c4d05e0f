package io.metasrv.bootstrap.ctl;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the metasrvs of a cluster through their HTTP ports, in the order given, until one answers
 * that does not point to the leader. If none of them leads, the leader they name is tried at the
 * same HTTP port on its own host, which is where it is unless several nodes share a machine. For
 * one thread.
 */
final class Servers {

  /** Where a node that does not lead says who does: the leader's gRPC address. */
  private static final String LEADER = "x-metasrv-leader";

  private static final String ERROR_CODE = "x-greptime-err-code";
  private static final String ILLEGAL_STATE = "1006";

  private final List<String> addresses;
  private final Duration limit;

  /**
   * @param addresses {@code host:port}, at least one
   * @param limit of one answer
   */
  Servers(List<String> addresses, Duration limit) {
    this.addresses = List.copyOf(addresses);
    this.limit = limit;
  }

  /** Asks without changing anything. */
  Answer get(String what, String path) throws IOException, InterruptedException {
    return call(what, "GET", path, "");
  }

  /**
   * Asks for a change.
   *
   * @param body empty, plain text, or a JSON object
   */
  Answer post(String what, String path, String body) throws IOException, InterruptedException {
    return call(what, "POST", path, body);
  }

  /**
   * @throws IOException if nobody answered, or nobody that leads; says who was asked and what to do
   */
  private Answer call(String what, String method, String path, String body)
      throws IOException, InterruptedException {
    Search search = new Search(addresses);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build()) {
      while (search.next().isPresent()) {
        String address = search.take();
        Optional<HttpResponse<String>> response =
            send(client, what, address, request(method, path, body, address), search);
        if (response.isPresent()) {
          if (!isElsewhere(response.get())) {
            return new Answer(address, response.get().statusCode(), response.get().body());
          }
          search.elsewhere(address, response.get().headers().firstValue(LEADER));
        }
      }
    }
    throw new IOException(what + " failed: " + search.why());
  }

  private HttpRequest request(String method, String path, String body, String address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(limit)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body.startsWith("{")) {
      request.header("Content-Type", "application/json");
    }
    return request.build();
  }

  /** Empty if nobody is there; whoever may have got the request is not replaced by another. */
  private Optional<HttpResponse<String>> send(
      HttpClient client, String what, String address, HttpRequest request, Search search)
      throws IOException, InterruptedException {
    try {
      return Optional.of(client.send(request, BodyHandlers.ofString()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      search.nobodyAt(address);
      return Optional.empty();
    } catch (HttpTimeoutException e) {
      throw new IOException(
          "%s failed: http://%s did not answer %s within %d ms; it may have been done: look, then raise --timeout"
              .formatted(what, address, request.uri().getPath(), limit.toMillis()),
          e);
    } catch (IOException e) {
      throw new IOException(
          "%s failed: http://%s broke off: %s; is that the HTTP port of a metasrv?"
              .formatted(what, address, e.getMessage()),
          e);
    }
  }

  private static boolean isElsewhere(HttpResponse<String> response) {
    return response.statusCode() == 503
        && (response.headers().firstValue(LEADER).isPresent()
            || response.headers().firstValue(ERROR_CODE).equals(Optional.of(ILLEGAL_STATE)));
  }

  /** Who is still to be asked, and what became of the others. */
  private static final class Search {
    private final ArrayDeque<String> open;
    private final Set<String> known;
    private final List<String> absent = new ArrayList<>();
    private final List<String> followers = new ArrayList<>();
    private Optional<String> leader = Optional.empty();

    Search(List<String> addresses) {
      known = new LinkedHashSet<>(addresses);
      open = new ArrayDeque<>(known);
    }

    Optional<String> next() {
      return Optional.ofNullable(open.peek());
    }

    String take() {
      return open.remove();
    }

    void nobodyAt(String address) {
      absent.add("http://" + address);
    }

    void elsewhere(String address, Optional<String> leaderAddress) {
      followers.add("http://" + address);
      leader = leaderAddress.or(() -> leader);
      String port = address.substring(address.lastIndexOf(':'));
      leaderAddress
          .filter(named -> named.lastIndexOf(':') > 0)
          .map(named -> named.substring(0, named.lastIndexOf(':')) + port)
          .filter(known::add)
          .ifPresent(open::add);
    }

    String why() {
      List<String> reasons = new ArrayList<>();
      if (!followers.isEmpty()) {
        reasons.add(
            leader
                .map(
                    at ->
                        "%s does not lead, the leader's gRPC address is %s; give its HTTP address with --addr"
                            .formatted(String.join(", ", followers), at))
                .orElseGet(
                    () ->
                        "%s does not lead and knows no leader; try again in some seconds"
                            .formatted(String.join(", ", followers))));
      }
      if (!absent.isEmpty()) {
        reasons.add(
            "no metasrv answers on %s; is it running, and is --addr right?"
                .formatted(String.join(", ", absent)));
      }
      return String.join("; ", reasons);
    }
  }
}
