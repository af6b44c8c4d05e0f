/**
 * Every backend through the port against its own library doing the same, on one real server. Uses
 * what {@code bootstrap} opens, so that what is measured is what is delivered.
 */
@NullMarked
package io.metasrv.benchmarks.backends;

import org.jspecify.annotations.NullMarked;
