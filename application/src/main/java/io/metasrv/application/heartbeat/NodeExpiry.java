package io.metasrv.application.heartbeat;

import io.metasrv.application.heartbeat.codec.NodeInfoCodec;
import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.KeyValue;
import io.metasrv.application.port.KeyValueStore;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.heartbeat.Liveness;
import io.metasrv.domain.key.NodeInfoKey;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets the infos of nodes that are long gone, at once and every minute (sheet 04 §10.5). */
final class NodeExpiry implements Runtime.Body {

  private static final Logger LOG = LoggerFactory.getLogger(NodeExpiry.class);
  private static final Duration PERIOD = Duration.ofSeconds(60);

  private final KeyValueStore memory;
  private final Duration maxIdleTime;
  private final Runtime runtime;

  NodeExpiry(KeyValueStore memory, Duration maxIdleTime, Runtime runtime) {
    this.memory = memory;
    this.maxIdleTime = maxIdleTime;
    this.runtime = runtime;
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      removeIdle();
      runtime.sleep(PERIOD);
    }
  }

  void removeIdle() {
    List<KeyValue> infos =
        memory.range(KeyRange.prefix(NodeInfoKey.PREFIX), RangeOptions.ALL).kvs();
    long now = runtime.wallClock().toEpochMilli();
    for (KeyValue info : infos) {
      if (isIdle(info, now)) {
        memory.delete(info.key(), Previous.DISCARD);
        LOG.info("Forgot the node under {}: no heartbeat for {}", info.key(), maxIdleTime);
      }
    }
  }

  private boolean isIdle(KeyValue info, long nowMillis) {
    try {
      long last = NodeInfoCodec.decode(info.value()).lastActivityMillis();
      return Liveness.age(last, nowMillis).compareTo(maxIdleTime) > 0;
    } catch (MetasrvException e) {
      LOG.warn("The info under {} cannot be read and is kept", info.key(), e);
      return false;
    }
  }
}
