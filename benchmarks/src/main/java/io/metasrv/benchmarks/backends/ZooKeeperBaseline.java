package io.metasrv.benchmarks.backends;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * ZooKeeper's own client, one znode a key, all beneath one parent a group. Weaker than the port in
 * one place, in the baseline's favour: {@link #range} is no picture of one moment.
 */
final class ZooKeeperBaseline implements Baseline {

  private static final int SESSION_MILLIS = 30_000;
  private static final int KEYS_A_READ = 64;
  private static final int ANY_VERSION = -1;

  private final ZooKeeper client;

  ZooKeeperBaseline(String address) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    client =
        new ZooKeeper(
            address,
            SESSION_MILLIS,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    connected.await();
    create("/raw", new byte[0]);
  }

  /** Keys look like {@code group/name}, both plain ASCII. */
  private static String path(byte[] key) {
    return "/raw/" + new String(key, StandardCharsets.US_ASCII);
  }

  private void create(String path, byte[] value) throws Exception {
    client.create(path, value, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  @Override
  public void put(byte[] key, byte[] value) throws Exception {
    try {
      client.setData(path(key), value, ANY_VERSION);
    } catch (KeeperException.NoNodeException missing) {
      createWithParent(path(key), value);
    }
  }

  private void createWithParent(String path, byte[] value) throws Exception {
    try {
      create(path, value);
    } catch (KeeperException.NoNodeException noParent) {
      create(path.substring(0, path.lastIndexOf('/')), new byte[0]);
      create(path, value);
    }
  }

  @Override
  public byte[] get(byte[] key) throws Exception {
    CompletableFuture<byte[]> value = new CompletableFuture<>();
    client.sync("/raw", (rc, path, ctx) -> {}, null);
    client.getData(
        path(key),
        false,
        (rc, path, ctx, data, stat) -> {
          if (rc == 0) {
            value.complete(data);
          } else {
            value.completeExceptionally(KeeperException.create(KeeperException.Code.get(rc), path));
          }
        },
        null);
    return value.get();
  }

  @Override
  public void putAll(List<Pair> pairs) throws Exception {
    try {
      client.multi(
          pairs.stream()
              .map(pair -> Op.setData(path(pair.key()), pair.value(), ANY_VERSION))
              .toList());
    } catch (KeeperException.NoNodeException missing) {
      for (Pair pair : pairs) {
        put(pair.key(), pair.value());
      }
    }
  }

  @Override
  public int getAll(List<byte[]> keys) throws Exception {
    return read(keys.stream().map(ZooKeeperBaseline::path).toList()).get().size();
  }

  /** The barrier is sent with the read and not waited for: the server answers in order. */
  private CompletableFuture<List<OpResult.GetDataResult>> read(List<String> paths) {
    CompletableFuture<List<OpResult.GetDataResult>> answer = new CompletableFuture<>();
    client.sync("/raw", (rc, path, ctx) -> {}, null);
    client.multi(
        paths.stream().map(Op::getData).toList(),
        (rc, path, ctx, results) -> {
          if (rc == 0) {
            answer.complete(results.stream().map(OpResult.GetDataResult.class::cast).toList());
          } else {
            answer.completeExceptionally(
                KeeperException.create(KeeperException.Code.get(rc), path));
          }
        },
        null);
    return answer;
  }

  @Override
  public byte[] replace(byte[] key, byte[] expected, byte[] value) throws Exception {
    Stat stat = new Stat();
    byte[] current = client.getData(path(key), false, stat);
    try {
      if (Arrays.equals(current, expected)) {
        client.setData(path(key), value, stat.getVersion());
      }
      return current;
    } catch (KeeperException.BadVersionException overtaken) {
      return client.getData(path(key), false, stat);
    }
  }

  @Override
  public int range(byte[] from, byte[] to) throws Exception {
    String first = path(from);
    String parent = first.substring(0, first.lastIndexOf('/'));
    List<String> paths =
        client.getChildren(parent, false).stream().map(name -> parent + "/" + name).toList();
    List<CompletableFuture<List<OpResult.GetDataResult>>> answers = new ArrayList<>();
    for (int i = 0; i < paths.size(); i += KEYS_A_READ) {
      answers.add(read(paths.subList(i, Math.min(paths.size(), i + KEYS_A_READ))));
    }
    TreeMap<String, byte[]> found = new TreeMap<>();
    for (int group = 0; group < answers.size(); group++) {
      List<OpResult.GetDataResult> values = answers.get(group).get();
      for (int i = 0; i < values.size(); i++) {
        found.put(paths.get(group * KEYS_A_READ + i), values.get(i).getData());
      }
    }
    return found.size();
  }

  @Override
  public boolean replaceAll(List<byte[]> keys, byte[] expected, byte[] value) throws Exception {
    List<String> paths = keys.stream().map(ZooKeeperBaseline::path).toList();
    List<OpResult.GetDataResult> current = read(paths).get();
    if (!current.stream().allMatch(result -> Arrays.equals(result.getData(), expected))) {
      return false;
    }
    client.multi(
        IntStream.range(0, paths.size())
            .mapToObj(i -> Op.setData(paths.get(i), value, current.get(i).getStat().getVersion()))
            .toList());
    return true;
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
