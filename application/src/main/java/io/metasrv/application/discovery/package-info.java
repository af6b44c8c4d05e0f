/**
 * Who is there: reads the leader's memory and says which nodes are alive (sheet 04 §17.3, sheet 02
 * §19.4). The clock is always read after the data it is compared with (sheet 10 §1.3).
 */
@NullMarked
package io.metasrv.application.discovery;

import org.jspecify.annotations.NullMarked;
