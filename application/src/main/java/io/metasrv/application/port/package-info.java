/**
 * The driven ports: everything the application needs from the world. Implementations live in
 * adapters, in the simulator, and (memory only) in this module. The Javadoc here is the contract;
 * the suites of {@code testkit} hold every implementation to it. {@code docs/design/ports.md} gives
 * the reasons.
 */
@NullMarked
package io.metasrv.application.port;

import org.jspecify.annotations.NullMarked;
