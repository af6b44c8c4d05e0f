@NullMarked
package io.metasrv.application.metadata.codec;

import org.jspecify.annotations.NullMarked;
