package io.metasrv.simulation.kernel;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). One thread
 * at a time.
 */
final class SeededRandom implements RandomGenerator {

  private long state;

  SeededRandom(long seed) {
    state = seed;
  }

  @Override
  public long nextLong() {
    state += 0x9e3779b97f4a7c15L;
    return mix(state);
  }

  /** The finaliser of SplitMix64: a bijection that spreads every bit. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
