package io.metasrv.adapters.kafka;

import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.port.WalTopics;
import io.metasrv.domain.error.WalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DeleteRecordsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics over Kafka's clients. Connects with the first call and keeps that connection. Thread-safe.
 */
public final class KafkaWalTopics implements WalTopics, AutoCloseable {

  /** The only partition of a topic that datanodes use. */
  private static final int PARTITION = 0;

  private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaWalOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Admin> connected = Optional.empty();
  private boolean closed;

  /** Does not connect yet. */
  public KafkaWalTopics(KafkaWalOptions options) {
    this.options = options;
  }

  @Override
  public void create(List<String> topics) throws InterruptedException {
    List<NewTopic> wanted =
        topics.stream()
            .map(
                topic ->
                    new NewTopic(
                        topic,
                        Optional.of(options.numPartitions()),
                        Optional.of((short) options.replicationFactor())))
            .toList();
    CreateTopicsResult made =
        admin()
            .createTopics(
                wanted,
                new CreateTopicsOptions()
                    .timeoutMs(Math.toIntExact(options.createTopicTimeout().toMillis())));
    for (Map.Entry<String, KafkaFuture<Void>> topic : made.values().entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw failed("create the topic " + topic.getKey(), e);
        }
      }
    }
  }

  @Override
  public void appendFirst(List<String> topics) throws InterruptedException {
    Map<String, Long> ends = offsets(topics);
    List<String> empty =
        topics.stream().filter(topic -> ends.getOrDefault(topic, 0L) == 0).toList();
    if (empty.isEmpty()) {
      return;
    }
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
      for (String topic : empty) {
        sent.put(topic, producer.send(new ProducerRecord<>(topic, PARTITION, null, null)));
      }
      for (Map.Entry<String, Future<RecordMetadata>> each : sent.entrySet()) {
        await("append the first record to the topic " + each.getKey(), each.getValue());
      }
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      throw failed("append first records to " + empty, e);
    }
  }

  @Override
  public Map<String, Long> latestOffsets(List<String> topics) throws InterruptedException {
    List<String> known = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin().describeTopics(topics).topicNameValues().entrySet()) {
      try {
        TopicDescription unused = topic.getValue().get();
        known.add(topic.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failed("look up the topic " + topic.getKey(), e);
        }
      }
    }
    return offsets(known);
  }

  private Map<String, Long> offsets(List<String> topics) throws InterruptedException {
    ListOffsetsResult answers =
        admin()
            .listOffsets(
                topics.stream()
                    .collect(
                        Collectors.toMap(KafkaWalTopics::partition, topic -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    Map<String, Long> ends = new LinkedHashMap<>();
    for (String topic : topics) {
      ends.put(
          topic,
          await("read the end of the topic " + topic, answers.partitionResult(partition(topic)))
              .offset());
    }
    return ends;
  }

  @Override
  public void deleteRecordsBefore(String topic, long offset) throws InterruptedException {
    await(
        "delete the records of the topic %s before %d".formatted(topic, offset),
        admin()
            .deleteRecords(
                Map.of(partition(topic), RecordsToDelete.beforeOffset(offset)),
                new DeleteRecordsOptions().timeoutMs(Math.toIntExact(DELETE_TIMEOUT.toMillis())))
            .all());
  }

  private static TopicPartition partition(String topic) {
    return new TopicPartition(topic, PARTITION);
  }

  private Admin admin() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the write-ahead log's client is closed");
      }
      Admin admin = connected.orElseGet(this::connect);
      connected = Optional.of(admin);
      return admin;
    } finally {
      lock.unlock();
    }
  }

  private Admin connect() {
    Map<String, Object> settings = ClientSettings.of(options);
    settings.put(
        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(options.timeout().toMillis()));
    try {
      return Admin.create(settings);
    } catch (KafkaException e) {
      throw failed("connect", e);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = ClientSettings.of(options);
    int timeout = Math.toIntExact(options.timeout().toMillis());
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) timeout);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private <T> T await(String attempt, Future<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failed(attempt, e);
    }
  }

  private WalException failed(String attempt, Exception thrown) {
    Throwable cause =
        thrown instanceof ExecutionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return new WalException(
        cause instanceof RetriableException,
        ("Could not %s at the Kafka brokers %s: %s; check wal.broker_endpoints, the brokers and"
                + " what this user may do")
            .formatted(attempt, String.join(", ", options.brokerEndpoints()), reason(cause)),
        cause);
  }

  private static String reason(Throwable cause) {
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    Throwable deeper = cause.getCause();
    return deeper == null || deeper.getMessage() == null
        ? said
        : said + " (" + deeper.getMessage() + ")";
  }

  private static InterruptedException interrupted(InterruptException cause) {
    // Kafka's clients set the mark again when they throw; the exception replaces it.
    boolean marked = Thread.interrupted();
    InterruptedException interrupted =
        new InterruptedException("interrupted while waiting for Kafka, marked: " + marked);
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      connected.ifPresent(admin -> admin.close(CLOSE_TIMEOUT));
      connected = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
