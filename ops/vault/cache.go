package vault

import "sync"

// cache keeps what was used last, at most twice its size. It has two generations: what is used moves to the young one;
// when that is full it becomes the old one, and the old one is dropped.
type cache[K comparable, V any] struct {
	size int

	mu         sync.Mutex // guards young and old
	young, old map[K]V
}

func newCache[K comparable, V any](size int) *cache[K, V] {
	return &cache[K, V]{size: size, young: map[K]V{}}
}

func (c *cache[K, V]) get(k K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, found := c.young[k]
	if found {
		return v, true
	}
	if v, found = c.old[k]; found {
		c.add(k, v)
	}
	return v, found
}

func (c *cache[K, V]) put(k K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(k, v)
}

func (c *cache[K, V]) add(k K, v V) {
	if len(c.young) >= c.size {
		c.young, c.old = make(map[K]V, c.size), c.young
	}
	c.young[k] = v
}
