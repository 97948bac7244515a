// Package disclosure decides what may leave a practice in a release.
package disclosure
