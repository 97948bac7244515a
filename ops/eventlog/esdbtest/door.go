package esdbtest

import (
	"net"
	"sync"
)

// door is a node's address. It outlives the node's crashes, because somebody else could take a port that is given back:
// while nobody is in, those who knock are turned away as they would be where nothing listens.
type door struct {
	listener net.Listener
	wg       sync.WaitGroup

	mu     sync.Mutex
	inside *entrance         // guarded by mu: who takes the connections; nil while the node is down
	open   map[string]*guest // guarded by mu: the connections, by the address at the other side
	frozen chan struct{}     // guarded by mu: closed when the ice breaks; nil while nothing is frozen
}

func openDoor() (*door, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &door{listener: listener, open: map[string]*guest{}}
	d.wg.Go(d.receive)
	return d, nil
}

// receive hands connections to whoever is inside, until the door is closed.
func (d *door) receive() {
	for {
		conn, err := d.listener.Accept()
		if err != nil {
			return
		}
		d.admit(conn.(*net.TCPConn))
	}
}

func (d *door) admit(conn *net.TCPConn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.inside == nil {
		reset(conn)
		return
	}
	g := &guest{TCPConn: conn, door: d, gone: make(chan struct{})}
	select {
	case d.inside.conns <- g:
		d.open[conn.RemoteAddr().String()] = g
	default: // more are waiting than anybody lets in: as a full backlog does
		reset(conn)
	}
}

// enter makes a new entrance: connections go there from now on.
func (d *door) enter() *entrance {
	e := &entrance{door: d, conns: make(chan net.Conn, 128), closed: make(chan struct{})}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.inside = e
	return e
}

// leave turns everybody away, and cuts who is in.
func (d *door) leave() {
	d.mu.Lock()
	d.inside = nil
	guests := d.open
	d.open = map[string]*guest{}
	d.mu.Unlock()
	for _, g := range guests {
		g.cut()
	}
}

// cut breaks the connection with an address at the other side.
func (d *door) cut(address string) {
	d.mu.Lock()
	g := d.open[address]
	d.mu.Unlock()
	if g != nil {
		g.cut()
	}
}

// freeze stops all bytes in both directions, without anybody being told.
func (d *door) freeze() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.frozen == nil {
		d.frozen = make(chan struct{})
	}
}

func (d *door) thaw() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.frozen != nil {
		close(d.frozen)
		d.frozen = nil
	}
}

// ice is what a byte has to wait for; nil if nothing is frozen.
func (d *door) ice() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.frozen
}

func (d *door) close() {
	d.listener.Close()
	d.leave()
	d.wg.Wait()
}

// reset ends a connection at once, and loses what was on its way, as a crash does.
func reset(conn *net.TCPConn) {
	// Without it the end would only be less abrupt.
	_ = conn.SetLinger(0)
	conn.Close()
}

// guest is a connection through the door.
type guest struct {
	*net.TCPConn
	door *door
	once sync.Once
	gone chan struct{}
}

// Read gives what came, once nothing is frozen.
func (g *guest) Read(b []byte) (int, error) {
	n, err := g.TCPConn.Read(b)
	if !g.wait() {
		return 0, net.ErrClosed
	}
	return n, err
}

// Write sends once nothing is frozen.
func (g *guest) Write(b []byte) (int, error) {
	if !g.wait() {
		return 0, net.ErrClosed
	}
	return g.TCPConn.Write(b)
}

// wait reports whether the connection still stands when the ice breaks.
func (g *guest) wait() bool {
	for ice := g.door.ice(); ice != nil; ice = g.door.ice() {
		select {
		case <-ice:
		case <-g.gone:
			return false
		}
	}
	return true
}

// Close ends the connection in good order.
func (g *guest) Close() error {
	g.leave()
	return g.TCPConn.Close()
}

func (g *guest) cut() {
	g.leave()
	reset(g.TCPConn)
}

func (g *guest) leave() {
	g.once.Do(func() { close(g.gone) })
	g.door.mu.Lock()
	defer g.door.mu.Unlock()
	if address := g.RemoteAddr().String(); g.door.open[address] == g {
		delete(g.door.open, address)
	}
}

// entrance is the listener of one life of a node.
type entrance struct {
	door   *door
	once   sync.Once
	conns  chan net.Conn
	closed chan struct{}
}

// Accept gives the next connection.
func (e *entrance) Accept() (net.Conn, error) {
	select {
	case conn := <-e.conns:
		return conn, nil
	case <-e.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept. The door stays.
func (e *entrance) Close() error {
	e.once.Do(func() { close(e.closed) })
	return nil
}

// Addr is the address of the door.
func (e *entrance) Addr() net.Addr { return e.door.listener.Addr() }
