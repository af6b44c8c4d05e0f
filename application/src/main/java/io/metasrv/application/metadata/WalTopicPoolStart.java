package io.metasrv.application.metadata;

import io.metasrv.application.options.KafkaWalOptions;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.WalTopics;
import io.metasrv.domain.error.ServiceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the topic pool of a term (sheet 03 §9.3): the topics are those of the configuration; those
 * the store does not know are created, given a first record and recorded. Topics that are stored
 * beyond them are kept and not given to new regions. Stateless.
 */
public final class WalTopicPoolStart {

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9_:-][a-zA-Z0-9_:\\-\\.@#]*");

  private final TopicNameManager names;
  private final WalTopics kafka;
  private final Runtime runtime;

  /**
   * @param names what the store knows
   * @param kafka where topics are created
   * @param runtime for the pool
   */
  public WalTopicPoolStart(TopicNameManager names, WalTopics kafka, Runtime runtime) {
    this.names = names;
    this.kafka = kafka;
    this.runtime = runtime;
  }

  /**
   * The pool, all its topics made and recorded. May be repeated after a failure.
   *
   * @throws io.metasrv.domain.error.WalException if the log does not answer
   * @throws ServiceException (InvalidArguments) if the configuration names no topic, or none that
   *     can be
   */
  public WalTopicPool start(KafkaWalOptions options) throws InterruptedException {
    List<String> topics = topics(options);
    names.migrateLegacy();
    Set<String> known = new LinkedHashSet<>(names.names());
    List<String> missing = topics.stream().filter(topic -> !known.contains(topic)).toList();
    if (!missing.isEmpty()) {
      if (options.autoCreateTopics()) {
        kafka.create(missing);
      }
      kafka.appendFirst(missing);
      names.create(missing);
    }
    return new WalTopicPool(topics, runtime);
  }

  private static List<String> topics(KafkaWalOptions options) {
    if (options.numTopics() <= 0) {
      throw MetadataErrors.invalidNumTopics(options.numTopics());
    }
    if (!TOPIC.matcher(options.topicNamePrefix()).matches()) {
      throw MetadataErrors.invalidTopicPrefix(options.topicNamePrefix());
    }
    List<String> topics = new ArrayList<>(options.numTopics());
    for (int i = 0; i < options.numTopics(); i++) {
      topics.add(options.topicNamePrefix() + "_" + i);
    }
    return topics;
  }
}
