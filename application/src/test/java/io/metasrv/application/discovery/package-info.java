/** Tests of who counts as alive. */
@NullMarked
package io.metasrv.application.discovery;

import org.jspecify.annotations.NullMarked;
