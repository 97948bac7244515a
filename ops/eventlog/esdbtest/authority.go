package esdbtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// authority is a certificate authority for one cluster, and the one certificate that it ever issued. Its key is
// forgotten before anybody can use it again.
type authority struct {
	dir         string
	file        string // where the client finds the authority's own certificate
	certificate *tls.Certificate
}

func newAuthority() (a authority, err error) {
	root, rootKey, err := issue(&x509.Certificate{
		Subject: pkix.Name{CommonName: "esdbtest"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	}, nil, nil)
	if err != nil {
		return a, err
	}
	node, nodeKey, err := issue(&x509.Certificate{
		Subject: pkix.Name{CommonName: "eventstoredb-node"}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
	}, root, rootKey)
	if err != nil {
		return a, err
	}
	a.certificate = &tls.Certificate{Certificate: [][]byte{node.Raw}, PrivateKey: nodeKey}
	if a.dir, err = os.MkdirTemp("", "esdbtest"); err != nil {
		return a, err
	}
	a.file = filepath.Join(a.dir, "ca.crt")
	return a, os.WriteFile(a.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw}), 0o600)
}

// issue signs a certificate for a new key, with the parent's key or, without a parent, with its own.
func issue(template, parent *x509.Certificate, by *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	if parent == nil {
		parent, by = template, key
	}
	now := time.Now()
	template.SerialNumber = big.NewInt(now.UnixNano())
	template.NotBefore, template.NotAfter = now.Add(-time.Hour), now.Add(24*time.Hour)
	raw, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), by)
	if err != nil {
		return nil, nil, err
	}
	certificate, err := x509.ParseCertificate(raw)
	return certificate, key, err
}

func (a authority) remove() {
	if a.dir != "" {
		os.RemoveAll(a.dir)
	}
}
