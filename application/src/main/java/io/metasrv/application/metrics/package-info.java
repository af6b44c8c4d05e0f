/**
 * The names of everything that is measured, in one place: the reference's, so that its dashboards
 * work, and our own under the prefix {@code metasrv_}.
 */
@NullMarked
package io.metasrv.application.metrics;

import org.jspecify.annotations.NullMarked;
