package io.metasrv.application.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.instruction.Instruction.DowngradeRegion;
import io.metasrv.application.instruction.Instruction.FlushErrors;
import io.metasrv.application.instruction.Instruction.FlushReason;
import io.metasrv.application.instruction.Instruction.FlushStrategy;
import io.metasrv.application.instruction.Instruction.OpenReason;
import io.metasrv.application.instruction.Instruction.OpenRegion;
import io.metasrv.application.instruction.Instruction.RegionIdent;
import io.metasrv.application.instruction.Instruction.UpgradeRegion;
import io.metasrv.application.instruction.InstructionReply.Downgraded;
import io.metasrv.application.instruction.InstructionReply.RegionReady;
import io.metasrv.domain.Peer;
import io.metasrv.domain.RegionId;
import io.metasrv.domain.TableId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstructionPropertyTest {

  private static final int SEEDS = 200;

  private final List<Function<Random, Instruction>> instructions =
      List.of(
          random -> new Instruction.OpenRegions(some(random, InstructionPropertyTest::open)),
          random -> new Instruction.CloseRegions(some(random, InstructionPropertyTest::ident)),
          random ->
              new Instruction.DowngradeRegions(
                  some(random, r -> new DowngradeRegion(region(r), maybe(r, duration(r))))),
          random -> new Instruction.UpgradeRegions(some(random, InstructionPropertyTest::upgrade)),
          random ->
              new Instruction.InvalidateCaches(some(random, InstructionPropertyTest::cacheIdent)),
          random ->
              new Instruction.FlushRegions(
                  some(random, InstructionPropertyTest::region),
                  FlushStrategy.values()[random.nextInt(2)],
                  FlushErrors.values()[random.nextInt(2)],
                  maybe(random, FlushReason.values()[random.nextInt(5)])),
          random ->
              new Instruction.RemapManifest(
                  region(random),
                  some(random, InstructionPropertyTest::region),
                  byRegion(random, r -> some(r, InstructionPropertyTest::region)),
                  byRegion(random, InstructionPropertyTest::text)));

  @Test
  void property_instructionsSurviveTheirJson() {
    for (Function<Random, Instruction> make : instructions) {
      for (long seed = 0; seed < SEEDS; seed++) {
        Instruction instruction = make.apply(new Random(seed));
        assertThat(InstructionCodec.decode(InstructionCodec.encode(instruction)))
            .as("seed %d", seed)
            .isEqualTo(instruction);
      }
    }
  }

  @Test
  void property_repliesSurviveTheirJson() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      InstructionReply downgraded =
          new InstructionReply.DowngradeRegions(
              some(
                  random,
                  r ->
                      new Downgraded(
                          region(r), number(r), number(r), r.nextBoolean(), maybe(r, text(r)))));
      InstructionReply ready =
          new InstructionReply.SyncRegions(
              some(
                  random,
                  r ->
                      new RegionReady(
                          region(r), r.nextBoolean(), r.nextBoolean(), maybe(r, text(r)))));
      assertThat(InstructionReplyCodec.decode(InstructionReplyCodec.encode(downgraded)))
          .as("seed %d", seed)
          .isEqualTo(downgraded);
      assertThat(InstructionReplyCodec.decode(InstructionReplyCodec.encode(ready)))
          .as("seed %d", seed)
          .isEqualTo(ready);
    }
  }

  private static <T> List<T> some(Random random, Function<Random, T> make) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> make.apply(random)).toList();
  }

  private static <T> SequencedMap<RegionId, T> byRegion(Random random, Function<Random, T> make) {
    LinkedHashMap<RegionId, T> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put(region(random), make.apply(random));
    }
    return map;
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static OptionalLong number(Random random) {
    return random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
  }

  private static RegionId region(Random random) {
    return new RegionId(random.nextLong());
  }

  private static Duration duration(Random random) {
    return Duration.ofSeconds(random.nextLong(1L << 32), random.nextInt(1_000_000_000));
  }

  private static String text(Random random) {
    return "t\"" + (char) random.nextInt(0x80) + random.nextInt();
  }

  private static RegionIdent ident(Random random) {
    return new RegionIdent(random.nextLong(), region(random), text(random));
  }

  private static OpenRegion open(Random random) {
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    LinkedHashMap<Long, String> wal = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      options.put(text(random), text(random));
      wal.put(random.nextLong(1L << 32), text(random));
    }
    return new OpenRegion(
        ident(random),
        text(random),
        options,
        wal,
        random.nextBoolean(),
        maybe(random, OpenReason.values()[random.nextInt(3)]),
        random.nextBoolean());
  }

  private static UpgradeRegion upgrade(Random random) {
    return new UpgradeRegion(
        region(random),
        number(random),
        number(random),
        duration(random),
        number(random),
        number(random),
        number(random));
  }

  private static CacheIdent cacheIdent(Random random) {
    TableId table = new TableId(random.nextLong(1L << 32));
    return switch (random.nextInt(9)) {
      case 0 -> new CacheIdent.OfTableId(table);
      case 1 -> new CacheIdent.OfTableName(text(random), text(random), text(random));
      case 2 -> new CacheIdent.OfSchemaName(text(random), text(random));
      case 3 -> new CacheIdent.OfFlowId(table.value());
      case 4 -> new CacheIdent.OfFlowName(text(random), text(random));
      case 5 -> new CacheIdent.FlownodeAddress(random.nextLong());
      case 6 ->
          new CacheIdent.CreateFlow(
              table.value(),
              List.of(table),
              List.of(new CacheIdent.PartitionPeer(0, new Peer(random.nextLong(), text(random)))));
      case 7 ->
          new CacheIdent.DropFlow(
              table.value(),
              List.of(table),
              List.of(new CacheIdent.PartitionNode(1, random.nextLong())));
      default -> new CacheIdent.OfUser(text(random), text(random));
    };
  }
}
