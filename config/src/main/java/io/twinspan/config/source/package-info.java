/**
 * Where a value of a configuration file stands, and what is wrong with it. Problems are collected, never thrown, so that
 * one run shows all of them. No text of a secret ever becomes part of a problem. Plain values, any thread.
 */
@NullMarked
package io.twinspan.config.source;

import org.jspecify.annotations.NullMarked;
