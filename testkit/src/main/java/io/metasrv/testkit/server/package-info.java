/**
 * Real servers for tests, ways to disturb them, and the rule for what happens where one cannot be
 * started. Everything here uses real time and real sockets.
 */
@NullMarked
package io.metasrv.testkit.server;

import org.jspecify.annotations.NullMarked;
