/** Service Config: the options that frontends pull from plugins of the metasrv. */
@NullMarked
package io.metasrv.application.config;

import org.jspecify.annotations.NullMarked;
