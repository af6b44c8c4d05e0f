package io.metasrv.adapters.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * Single requests to a session. They are sent at once and answered in the order in which they were
 * sent; nothing is repeated. A failed one ends with a {@link KeeperException}.
 */
final class Requests {

  private Requests() {}

  /** A znode that was read. */
  record Node(byte[] data, Stat stat) {}

  /** Whatever is read afterwards on this session is at least as new as anything known now. */
  static CompletableFuture<Void> sync(ZooKeeper session, String path) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    session.sync(path, (rc, p, ctx) -> settleVoid(answer, rc, path), null);
    return answer;
  }

  /** The znode, if it is there. */
  static CompletableFuture<Optional<Node>> read(ZooKeeper session, String path) {
    CompletableFuture<Optional<Node>> answer = new CompletableFuture<>();
    AsyncCallback.DataCallback callback =
        (rc, p, ctx, data, stat) -> {
          if (rc == KeeperException.Code.NONODE.intValue()) {
            answer.complete(Optional.empty());
          } else if (rc == 0) {
            answer.complete(Optional.of(new Node(data == null ? new byte[0] : data, stat)));
          } else {
            answer.completeExceptionally(failure(rc, path));
          }
        };
    session.getData(path, false, callback, null);
    return answer;
  }

  /** Whether the znode is there, which one may ask without being allowed to read it. */
  static CompletableFuture<Boolean> exists(ZooKeeper session, String path) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    AsyncCallback.StatCallback callback =
        (rc, p, ctx, stat) -> {
          if (rc == 0 || rc == KeeperException.Code.NONODE.intValue()) {
            answer.complete(rc == 0);
          } else {
            answer.completeExceptionally(failure(rc, path));
          }
        };
    session.exists(path, false, callback, null);
    return answer;
  }

  /** The names of the children; empty if the parent is missing, too. */
  static CompletableFuture<List<String>> children(ZooKeeper session, String path) {
    CompletableFuture<List<String>> answer = new CompletableFuture<>();
    AsyncCallback.ChildrenCallback callback =
        (rc, p, ctx, names) -> {
          if (rc == KeeperException.Code.NONODE.intValue()) {
            answer.complete(List.of());
          } else if (rc == 0) {
            answer.complete(names);
          } else {
            answer.completeExceptionally(failure(rc, path));
          }
        };
    session.getChildren(path, false, callback, null);
    return answer;
  }

  /**
   * Reads several znodes at one moment: a server lets no write in between (its commit processor
   * runs writes alone). In order of the paths.
   */
  static CompletableFuture<List<Optional<Node>>> readAll(ZooKeeper session, List<String> paths) {
    CompletableFuture<List<Optional<Node>>> answer = new CompletableFuture<>();
    readAll(session, paths, answer::complete, answer::completeExceptionally);
    return answer;
  }

  /** The same; one of the consumers is called on the session's event thread. */
  static void readAll(
      ZooKeeper session,
      List<String> paths,
      Consumer<List<Optional<Node>>> read,
      Consumer<Exception> failed) {
    List<Op> ops = paths.stream().map(Op::getData).toList();
    AsyncCallback.MultiCallback callback =
        (rc, p, ctx, results) -> {
          List<Optional<Node>> nodes;
          try {
            nodes = nodes(rc, paths, results);
          } catch (KeeperException e) {
            failed.accept(e);
            return;
          }
          read.accept(nodes);
        };
    session.multi(ops, callback, null);
  }

  private static List<Optional<Node>> nodes(
      int rc, List<String> paths, @org.jspecify.annotations.Nullable List<OpResult> results)
      throws KeeperException {
    if (results == null || results.size() != paths.size()) {
      throw failure(rc, paths.isEmpty() ? "/" : paths.getFirst());
    }
    List<Optional<Node>> nodes = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      switch (results.get(i)) {
        case OpResult.GetDataResult found ->
            nodes.add(
                Optional.of(
                    new Node(
                        found.getData() == null ? new byte[0] : found.getData(), found.getStat())));
        case OpResult.ErrorResult error
            when error.getErr() == KeeperException.Code.NONODE.intValue() ->
            nodes.add(Optional.empty());
        case OpResult.ErrorResult error -> throw failure(error.getErr(), paths.get(i));
        default -> throw failure(KeeperException.Code.MARSHALLINGERROR.intValue(), paths.get(i));
      }
    }
    return nodes;
  }

  /**
   * Runs all of the writes and checks, or none.
   *
   * @return empty if they took effect, else which of them was refused first
   */
  static CompletableFuture<Optional<Refusal>> multi(ZooKeeper session, List<Op> ops) {
    CompletableFuture<Optional<Refusal>> answer = new CompletableFuture<>();
    AsyncCallback.MultiCallback callback =
        (rc, p, ctx, results) -> {
          if (rc == 0) {
            answer.complete(Optional.empty());
            return;
          }
          Optional<Refusal> refusal = refusal(results);
          if (refusal.isPresent()) {
            answer.complete(refusal);
          } else {
            answer.completeExceptionally(failure(rc, ops.getFirst().getPath()));
          }
        };
    session.multi(ops, callback, null);
    return answer;
  }

  /** The op of a multi that could not be done, so that none was. */
  record Refusal(int index, KeeperException.Code code) {}

  private static Optional<Refusal> refusal(
      @org.jspecify.annotations.Nullable List<OpResult> results) {
    if (results != null) {
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i) instanceof OpResult.ErrorResult error) {
          KeeperException.Code code = KeeperException.Code.get(error.getErr());
          if (code != KeeperException.Code.OK
              && code != KeeperException.Code.RUNTIMEINCONSISTENCY) {
            return Optional.of(new Refusal(i, code));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Creates a znode; the answer is its path. */
  static CompletableFuture<String> create(
      ZooKeeper session, String path, byte[] data, List<ACL> acl, CreateMode mode) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    AsyncCallback.StringCallback callback =
        (rc, p, ctx, name) -> {
          if (rc == 0) {
            answer.complete(name);
          } else {
            answer.completeExceptionally(failure(rc, path));
          }
        };
    session.create(path, data, acl, mode, callback, null);
    return answer;
  }

  static KeeperException failure(int rc, String path) {
    return KeeperException.create(KeeperException.Code.get(rc), path);
  }

  private static void settleVoid(CompletableFuture<Void> answer, int rc, String path) {
    if (rc == 0) {
      answer.complete(null);
    } else {
      answer.completeExceptionally(failure(rc, path));
    }
  }

  /** Waits for an answer. */
  static <T> T await(CompletableFuture<T> answer, Deadline deadline) throws ZooKeeperCallException {
    try {
      return answer.get(deadline.left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ZooKeeperCallException(
          ZooKeeperCallException.Kind.NO_ANSWER, "ZooKeeper did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ZooKeeperCallException(ZooKeeperCallException.Kind.INTERRUPTED, "interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KeeperException failure) {
        throw new ZooKeeperCallException(failure);
      }
      throw new IllegalStateException("a request to ZooKeeper ended in an unforeseen way", e);
    }
  }
}
