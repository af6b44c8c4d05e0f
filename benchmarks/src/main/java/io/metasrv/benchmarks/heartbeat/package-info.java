/** What a heartbeat costs a region, from bytes to bytes, beside merely reading it (JMH). */
@NullMarked
package io.metasrv.benchmarks.heartbeat;

import org.jspecify.annotations.NullMarked;
