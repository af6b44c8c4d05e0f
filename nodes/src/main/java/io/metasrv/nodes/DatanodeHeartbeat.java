package io.metasrv.nodes;

import com.google.protobuf.ByteString;
import io.metasrv.domain.time.MonotonicTime;
import io.metasrv.nodes.json.JsonText;
import io.metasrv.nodes.region.HostedRegion;
import io.metasrv.nodes.region.RegionContent;
import io.metasrv.nodes.region.RegionHost;
import io.metasrv.nodes.region.RegionJson;
import io.metasrv.nodes.region.WalOptions;
import io.metasrv.protocol.v1.meta.DatanodeWorkloads;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.MailboxMessage;
import io.metasrv.protocol.v1.meta.RegionStat;
import io.metasrv.protocol.v1.meta.Role;
import io.metasrv.protocol.v1.meta.TopicStat;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/** Builds a datanode's heartbeats (sheet 04 §2.2, sheet 01 §14.1). */
final class DatanodeHeartbeat {

  private static final Duration TOPIC_REPORT_INTERVAL = Duration.ofSeconds(15);
  private static final String GC_STAT = "__gc_stat";
  private static final String REGION_STATISTIC = "__region_statistic";

  private final NodeProfile profile;
  private final DatanodeOptions options;
  private final RegionHost host;
  private Optional<MonotonicTime> topicsReported = Optional.empty();

  DatanodeHeartbeat(NodeProfile profile, DatanodeOptions options, RegionHost host) {
    this.profile = profile;
    this.options = options;
    this.host = host;
  }

  HeartbeatRequest headerOnly() {
    return Requests.headerOnly(Role.DATANODE, profile);
  }

  /** The periodic heartbeat. */
  HeartbeatRequest periodic(int runningGarbageCollections, MonotonicTime now) {
    HeartbeatRequest.Builder request = common(runningGarbageCollections);
    for (HostedRegion region : host.regions()) {
      host.storage()
          .find(region.id())
          .ifPresent(content -> request.addRegionStats(stat(region, content)));
    }
    addTopics(request, now);
    return request.setDurationSinceEpoch(host.keeper().sinceEpochMillis(now)).build();
  }

  /** A reply to an instruction: no statistics, and no time since the epoch, hence no lease. */
  HeartbeatRequest reply(MailboxMessage reply, int runningGarbageCollections) {
    return common(runningGarbageCollections).setMailboxMessage(reply).build();
  }

  private HeartbeatRequest.Builder common(int runningGarbageCollections) {
    HeartbeatRequest.Builder request =
        headerOnly().toBuilder()
            .setPeer(Requests.peer(profile))
            .setNodeEpoch(profile.epochMillis())
            .setInfo(profile.info())
            .setDatanode(DatanodeWorkloads.newBuilder().addAllTypes(options.workloads()))
            .putExtensions(GC_STAT, gcStat(runningGarbageCollections));
    Requests.putEnvironment(request, profile);
    return request;
  }

  private ByteString gcStat(int running) {
    JsonText json = new JsonText().startObject();
    json.name("running_gc_tasks").unsigned(running);
    json.name("gc_concurrency").unsigned(options.gcConcurrency());
    return ByteString.copyFromUtf8(json.endObject().toString());
  }

  private static RegionStat stat(HostedRegion region, RegionContent content) {
    return RegionStat.newBuilder()
        .setRegionId(region.id().value())
        .setApproximateBytes(RegionJson.approximateBytes(content))
        .setEngine(content.engine())
        .setRole(region.role().wire())
        .putExtensions(REGION_STATISTIC, RegionJson.statistic(content))
        .build();
  }

  /** Totals of the topics written to, at most once in the interval. */
  private void addTopics(HeartbeatRequest.Builder request, MonotonicTime now) {
    boolean due =
        topicsReported
            .map(last -> now.since(last).compareTo(TOPIC_REPORT_INTERVAL) >= 0)
            .orElse(true);
    if (!due) {
      return;
    }
    TreeMap<String, TopicStat> topics = new TreeMap<>();
    for (HostedRegion region : host.regions()) {
      RegionContent content = host.storage().find(region.id()).orElse(null);
      if (content != null && region.role().isLeaderLike()) {
        WalOptions.topicOf(content.options())
            .ifPresent(topic -> topics.merge(topic, stat(topic, content), this::sum));
      }
    }
    if (!topics.isEmpty()) {
      topicsReported = Optional.of(now);
      request.addAllTopicStats(topics.values());
    }
  }

  private static TopicStat stat(String topic, RegionContent content) {
    return TopicStat.newBuilder()
        .setTopicName(topic)
        .setRecordSize(content.data().writtenBytes())
        .setRecordNum(content.data().lastEntryId())
        .setLatestEntryId(content.data().lastEntryId())
        .build();
  }

  private TopicStat sum(TopicStat a, TopicStat b) {
    return a.toBuilder()
        .setRecordSize(a.getRecordSize() + b.getRecordSize())
        .setRecordNum(a.getRecordNum() + b.getRecordNum())
        .setLatestEntryId(Math.max(a.getLatestEntryId(), b.getLatestEntryId()))
        .build();
  }
}
