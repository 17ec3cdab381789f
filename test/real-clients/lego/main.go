// Runs lego's unmodified edgedns provider: the whole program in one file, for Debian's lego library, whose own command
// cannot be told to use this provider. Credentials come from AKAMAI_* as in lego itself.
//
//	lego-edgedns issue DIRECTORY RESOLVER NAME[,NAME...]   prints the certificate chain
//	lego-edgedns present RESOLVER NAME TEXT                adds the challenge value of a key authorization
//	lego-edgedns cleanup RESOLVER NAME TEXT                takes it away again
package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"os"
	"strings"

	"github.com/go-acme/lego/v4/certificate"
	"github.com/go-acme/lego/v4/challenge/dns01"
	"github.com/go-acme/lego/v4/lego"
	"github.com/go-acme/lego/v4/providers/dns/edgedns"
	"github.com/go-acme/lego/v4/registration"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 4 {
		return fmt.Errorf("usage: lego-edgedns issue DIRECTORY RESOLVER NAMES | present|cleanup RESOLVER NAME TEXT")
	}
	provider, err := edgedns.NewDNSProvider()
	if err != nil {
		return err
	}
	if args[0] == "issue" {
		return issue(provider, args[1], args[2], strings.Split(args[3], ","))
	}
	// the option sets the resolver of the whole process and looks at no challenge
	if err := dns01.AddRecursiveNameservers([]string{args[1]})(nil); err != nil {
		return err
	}
	switch args[0] {
	case "present":
		return provider.Present(args[2], "", args[3])
	case "cleanup":
		return provider.CleanUp(args[2], "", args[3])
	default:
		return fmt.Errorf("unknown command %q", args[0])
	}
}

type account struct {
	key          crypto.PrivateKey
	registration *registration.Resource
}

func (a *account) GetEmail() string                        { return "" }
func (a *account) GetRegistration() *registration.Resource { return a.registration }
func (a *account) GetPrivateKey() crypto.PrivateKey        { return a.key }

func issue(provider *edgedns.DNSProvider, directory, resolver string, names []string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	user := &account{key: key}
	config := lego.NewConfig(user)
	config.CADirURL = directory
	client, err := lego.NewClient(config)
	if err != nil {
		return err
	}
	err = client.Challenge.SetDNS01Provider(
		provider,
		dns01.AddRecursiveNameservers([]string{resolver}),
		dns01.DisableCompletePropagationRequirement(),
	)
	if err != nil {
		return err
	}
	user.registration, err = client.Registration.Register(registration.RegisterOptions{TermsOfServiceAgreed: true})
	if err != nil {
		return err
	}
	issued, err := client.Certificate.Obtain(certificate.ObtainRequest{Domains: names, Bundle: true})
	if err != nil {
		return err
	}
	fmt.Print(string(issued.Certificate))
	return nil
}
