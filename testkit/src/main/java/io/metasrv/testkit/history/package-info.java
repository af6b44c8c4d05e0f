/**
 * Checking of concurrent histories: were the answers that several clients got possible if every
 * call took effect at one moment between its start and its end?
 */
@NullMarked
package io.metasrv.testkit.history;

import org.jspecify.annotations.NullMarked;
