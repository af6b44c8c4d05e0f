/** The log of the process on Logback, set up in code from {@code [logging]} (sheet 09 §8). */
@NullMarked
package io.metasrv.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
