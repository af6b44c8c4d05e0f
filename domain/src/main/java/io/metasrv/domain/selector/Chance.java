package io.metasrv.domain.selector;

import java.util.random.RandomGenerator;

/**
 * What makes two selections over the same nodes differ.
 *
 * @param random for selectors that draw
 * @param turn for selectors that take turns: how many picks were made before; never negative
 */
public record Chance(RandomGenerator random, long turn) {}
