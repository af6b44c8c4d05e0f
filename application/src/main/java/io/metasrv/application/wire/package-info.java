/**
 * The one place where messages of the published language and the application's own values are
 * turned into each other. Conversions are total and explicit about what is absent.
 */
@NullMarked
package io.metasrv.application.wire;

import org.jspecify.annotations.NullMarked;
