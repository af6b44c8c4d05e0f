/**
 * Measurements, as ratios taken in one run: ours against the plain library doing the same, round by
 * round, so that a noisy machine disturbs both alike. Never part of the tests.
 */
@NullMarked
package io.metasrv.benchmarks;

import org.jspecify.annotations.NullMarked;
