/** What the tests of this module share: clocks that jump, elections that fail on demand. */
@NullMarked
package io.metasrv.application.support;

import org.jspecify.annotations.NullMarked;
